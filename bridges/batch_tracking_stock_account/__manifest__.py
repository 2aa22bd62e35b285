{
    "name": "Batch Tracking: Valuation",
    "summary": "Costs of batches: receipts, productions, bills and batch operations",
    "version": "19.0.1.0.0",
    "author": "Batch Tracking contributors",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["batch_tracking", "stock_account"],
    "post_init_hook": "post_init_hook",
    "auto_install": True,
}
