"""People and companies outside."""

from answerable.customers.models.block import Block
from answerable.customers.models.company import Company, CompanyDomain
from answerable.customers.models.custom_field import CustomField
from answerable.customers.models.customer import Customer
from answerable.customers.models.customer_note import CustomerNote
from answerable.customers.models.identity import Identity
from answerable.customers.models.merging import CustomerMerge

__all__ = [
    "Block",
    "Company",
    "CompanyDomain",
    "CustomField",
    "Customer",
    "CustomerMerge",
    "CustomerNote",
    "Identity",
]
