from django.apps import AppConfig

from answerable.look import bars


class WelcomeConfig(AppConfig):
    name = "answerable.welcome"

    def ready(self) -> None:
        # Models can be imported only now.
        from answerable.welcome.first_bars import demo, what_is_left  # noqa: PLC0415

        bars.add(bars.Bar("demo", "welcome/demo_bar.html", demo))
        bars.add(bars.Bar("first", "welcome/first_bar.html", what_is_left))
