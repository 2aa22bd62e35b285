"""Leave out of other apps' views what ends in a refusal without Inventory's right."""

STOCK_USER = "stock.group_stock_user"


def set_groups(arch, groups_by_name):
    """Show fields and buttons of a view to some groups only.

    :param arch: the view, an lxml element; what has groups already keeps them
    :param dict groups_by_name: ``{name of the field or button: groups}``
    """
    for name, groups in groups_by_name.items():
        for node in arch.xpath("//*[@name=$name][not(@groups)]", name=name):
            node.set("groups", groups)
