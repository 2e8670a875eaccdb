from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "answerable.customers"

    def ready(self) -> None:
        # Models can be imported only now.
        from answerable.customers.own_settings import PAGES  # noqa: PLC0415
        from answerable.workspaces import settings_pages  # noqa: PLC0415

        for page in PAGES:
            settings_pages.add(page)
