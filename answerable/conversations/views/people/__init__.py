"""Customers: the list, one of them, and what is done to one."""
