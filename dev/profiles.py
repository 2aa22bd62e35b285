"""A pytest plugin: the profiles of hypothesis that ``--hypothesis-profile`` may name.

``long`` lets machines that play people take many steps: for a night, not for each run.
"""

from hypothesis import settings

settings.register_profile("long")
