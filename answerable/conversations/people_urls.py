from django.urls import path

from answerable.conversations.views.people import acts, export, lists, profile

CUSTOMER = "customers/<int:customer>"

urlpatterns = [
    path("customers", lists.customers, name="customers"),
    path("customers/export", export.export, name="customers_export"),
    path("customers/pictures/<slug:name>", acts.shown_picture, name="customer_picture"),
    path(CUSTOMER, profile.profile, name="customer"),
    path(f"{CUSTOMER}/addresses", acts.addresses, name="addresses"),
    path(
        f"{CUSTOMER}/addresses/<int:identity>/removal",
        acts.address_removal,
        name="address_removal",
    ),
    path(f"{CUSTOMER}/notes", acts.notes, name="profile_notes"),
    path(f"{CUSTOMER}/picture", acts.picture, name="profile_picture"),
    path(f"{CUSTOMER}/blocking", acts.blocking, name="customer_blocking"),
    path(f"{CUSTOMER}/unblocking", acts.unblocking, name="customer_unblocking"),
    path("companies/<int:company>", lists.company, name="company_people"),
]
