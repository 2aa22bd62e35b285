{
    "name": "Batch Tracking: Repairs",
    "summary": "Numbers repaired units by the pattern of their product",
    "version": "19.0.1.0.0",
    "author": "Batch Tracking contributors",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["batch_tracking", "repair"],
    "auto_install": True,
}
