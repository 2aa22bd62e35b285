{
    "name": "Batch Tracking: Repairs",
    "summary": "Batch numbers of repaired units, and the genealogy of their parts",
    "version": "19.0.1.0.0",
    "author": "Batch Tracking contributors",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["batch_tracking", "repair"],
    "data": ["views/repair_order_views.xml"],
    "post_init_hook": "post_init_hook",
    "auto_install": True,
}
