from . import stock_lot_expiry_begin
