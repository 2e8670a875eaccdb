"""How people come in: what django-allauth asks us, how often may be tried, and what is noted."""
