from django.urls import path

from answerable.customers.views import blocks, companies

urlpatterns = [
    path("settings/blocks/", blocks.blocks, name="blocks"),
    path("settings/blocks/<int:block>/removal/", blocks.block_removal, name="block_removal"),
    path("settings/companies/", companies.companies, name="companies"),
    path("settings/companies/new/", companies.company_new, name="company_new"),
    path("settings/companies/<int:company>/", companies.company, name="company"),
    path(
        "settings/companies/<int:company>/removal/",
        companies.company_removal,
        name="company_removal",
    ),
]
