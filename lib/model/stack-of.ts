/** The stack that an address belongs to. */
export function stackOf(address: string): string {
  const end = address.indexOf("/");
  return end === -1 ? address : address.slice(0, end);
}
