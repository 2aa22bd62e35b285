{
    "name": "Batch Tracking: Purchase",
    "summary": "Recalls list what is to be bought again from the same supplier",
    "version": "19.0.1.0.0",
    "author": "Batch Tracking contributors",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["batch_tracking", "purchase_stock"],
    "auto_install": True,
}
