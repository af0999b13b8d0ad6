/** What an order costs, in cents. */
exports.main_handler = async ({ items = [] }) => {
  const total = items.reduce((sum, { price, count }) => sum + price * count, 0);
  return { total, currency: process.env.CURRENCY };
};
