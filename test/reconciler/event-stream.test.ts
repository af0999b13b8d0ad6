import { EventStream } from "../../lib/reconciler/event-stream";

test("what happens after an event that may not be told yet is told after it", () => {
  const told: string[] = [];
  const stream = new EventStream("shop", (event) => {
    if (event.type === "warning") told.push(event.message);
  });
  const tell = stream.reserve();
  stream.emit({ type: "warning", message: "second" });
  expect(told).toEqual([]);
  tell({ type: "warning", message: "first" });
  stream.emit({ type: "warning", message: "third" });
  expect(told).toEqual(["first", "second", "third"]);
});
