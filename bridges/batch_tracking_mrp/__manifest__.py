{
    "name": "Batch Tracking: Manufacturing",
    "summary": "Numbers produced batches by the day they are made",
    "version": "19.0.1.0.0",
    "author": "Batch Tracking contributors",
    "license": "LGPL-3",
    "category": "Supply Chain/Manufacturing",
    "depends": ["batch_tracking", "mrp"],
    "data": ["views/mrp_production_views.xml", "views/mrp_unbuild_views.xml"],
    "assets": {
        "web.assets_tests": ["batch_tracking_mrp/static/tests/tours/**/*"],
    },
    "post_init_hook": "post_init_hook",
    "auto_install": True,
}
