"""The groups of users that code asks for by name."""

BATCH_USER = "batch_tracking.group_batch_user"
QUALITY_MANAGER = "batch_tracking.group_quality_manager"
