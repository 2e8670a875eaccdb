"""People and companies outside."""

from answerable.customers.models.company import Company, CompanyDomain
from answerable.customers.models.custom_field import CustomField
from answerable.customers.models.customer import Customer
from answerable.customers.models.customer_note import CustomerNote
from answerable.customers.models.identity import Identity

__all__ = [
    "Company",
    "CompanyDomain",
    "CustomField",
    "Customer",
    "CustomerNote",
    "Identity",
]
