"""The pages of the settings about inboxes, macros, statuses, tags and fields."""

from django.urls import path

from answerable.conversations.views.arranging import (
    fields,
    inboxes,
    macros,
    statuses,
    tags,
    templates,
)

urlpatterns = [
    path("macros/", macros.macro_list, name="macro_list"),
    path("macros/new/", macros.macro_new, name="macro_new"),
    path("macros/<int:macro>/", macros.macro, name="macro"),
    path("macros/<int:macro>/removal/", macros.macro_removal, name="macro_removal"),
    path("templates/", templates.reply_templates, name="reply_templates"),
    path("templates/new/", templates.reply_template_new, name="reply_template_new"),
    path("templates/<int:template>/", templates.reply_template, name="reply_template"),
    path(
        "templates/<int:template>/removal/",
        templates.reply_template_removal,
        name="reply_template_removal",
    ),
    path("inboxes/", inboxes.inboxes, name="inboxes"),
    path("inboxes/new/", inboxes.inbox_new, name="inbox_new"),
    path("inboxes/<int:inbox>/", inboxes.inbox, name="inbox"),
    path("inboxes/<int:inbox>/removal/", inboxes.inbox_removal, name="inbox_removal"),
    path("statuses/", statuses.statuses, name="statuses"),
    path("statuses/new/", statuses.status_new, name="status_new"),
    path("statuses/<int:own_status>/", statuses.status, name="own_status"),
    path("statuses/<int:own_status>/place/", statuses.status_place, name="status_place"),
    path("statuses/<int:own_status>/removal/", statuses.status_removal, name="status_removal"),
    path("tags/", tags.tag_list, name="tag_list"),
    path("tags/new/", tags.tag_new, name="tag_new"),
    path("tags/<int:tag>/", tags.tag, name="tag"),
    path("tags/<int:tag>/merging/", tags.tag_merging, name="tag_merging"),
    path("tags/<int:tag>/removal/", tags.tag_removal, name="tag_removal"),
    path("fields/", fields.custom_fields, name="custom_fields"),
    path("fields/new/", fields.custom_field_new, name="custom_field_new"),
    path("fields/<int:field>/", fields.custom_field, name="custom_field"),
    path("fields/<int:field>/place/", fields.custom_field_place, name="custom_field_place"),
    path("fields/<int:field>/removal/", fields.custom_field_removal, name="custom_field_removal"),
]
