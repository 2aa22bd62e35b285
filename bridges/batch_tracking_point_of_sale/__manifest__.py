{
    "name": "Batch Tracking: Point of Sale",
    "summary": "No till sells a batch that must not leave; recalled ones are refunded",
    "version": "19.0.1.0.0",
    "author": "Batch Tracking contributors",
    "license": "LGPL-3",
    "category": "Sales/Point of Sale",
    "depends": ["batch_tracking", "point_of_sale"],
    "data": ["views/stock_recall_views.xml"],
    "auto_install": True,
}
