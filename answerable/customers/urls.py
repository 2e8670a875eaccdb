from django.urls import path

from answerable.customers.views import companies

urlpatterns = [
    path("settings/companies/", companies.companies, name="companies"),
    path("settings/companies/new/", companies.company_new, name="company_new"),
    path("settings/companies/<int:company>/", companies.company, name="company"),
    path(
        "settings/companies/<int:company>/removal/",
        companies.company_removal,
        name="company_removal",
    ),
]
