exports.main_handler = async () => "orders";
