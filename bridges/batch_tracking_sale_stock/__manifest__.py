{
    "name": "Batch Tracking: Sales",
    "summary": "Recalls list the sales they hit, and credit or replace the goods",
    "version": "19.0.1.0.0",
    "author": "Batch Tracking contributors",
    "license": "LGPL-3",
    "category": "Supply Chain/Inventory",
    "depends": ["batch_tracking", "sale_stock"],
    "data": ["views/stock_recall_views.xml"],
    "auto_install": True,
}
