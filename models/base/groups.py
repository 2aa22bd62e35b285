"""The groups of users that code asks for by name."""

BATCH_USER = "batch_tracking.group_batch_user"
QUALITY_MANAGER = "batch_tracking.group_quality_manager"
BATCH_ADMINISTRATOR = "batch_tracking.group_batch_administrator"
#: Who sets up batches, and hears of what is not in order.
ADMINISTRATORS = (
    BATCH_ADMINISTRATOR,
    "stock.group_stock_manager",
    "base.group_system",
)
