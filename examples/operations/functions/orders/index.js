exports.main_handler = async (event) => ({ statusCode: 200, body: JSON.stringify({ orders: [], event }) });
