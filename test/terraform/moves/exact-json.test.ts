import { fc } from "../../fast-check";
import { parseExactly, stringifyExactly } from "../../../lib/terraform/moves/exact-json";

const number = fc.oneof(
  fc.bigInt().map(String),
  fc.tuple(fc.bigInt(), fc.nat()).map(([whole, part]) => `${whole}.${part}`),
  fc.tuple(fc.integer(), fc.integer({ min: -400, max: 400 })).map(([digits, power]) => `${digits}e${power}`),
);

test("numbers of any size and form come back digit by digit", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), number), (numbers) => {
      const text = `{${Object.entries(numbers)
        .map(([key, digits]) => `${JSON.stringify(key)}:${digits}`)
        .join(",")}}`;
      const again = stringifyExactly(parseExactly(text));
      for (const [key, digits] of Object.entries(numbers)) {
        if (key === "__proto__") continue;
        expect(again).toContain(`${JSON.stringify(key)}: ${digits}`);
      }
    }),
  );
});

test("everything else comes back as it was, also texts that look like numbers", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, undefined, 2);
      expect(JSON.parse(stringifyExactly(parseExactly(text)))).toEqual(JSON.parse(text));
    }),
  );
  const texts = JSON.stringify({ a: '12345678901234567890 "1.0"', b: ["1.0", "\\1.0"] }, undefined, 2);
  expect(stringifyExactly(parseExactly(texts))).toBe(texts);
});
