"""A profile of hypothesis without deadlines: tests assert behaviour, and machines are busy at times."""

from hypothesis import HealthCheck, settings

settings.register_profile("no_deadlines", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no_deadlines")
