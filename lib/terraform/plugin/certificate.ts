import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A certificate that signs itself, and its key. */
export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  readonly key: string;
}

const DAY = 24 * 60 * 60 * 1000;

/** Makes a certificate for `localhost` that lasts as long as any run of Terraform. */
export function makeCertificate(now = Date.now()): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const content = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(positive(randomBytes(16))),
    ecdsaWithSha256,
    nameOf("localhost"),
    sequence(time(now - DAY), time(now + 365 * DAY)),
    nameOf("localhost"),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(
      3,
      sequence(subjectAlternativeName("localhost"), certificateAuthority, keyUsage, extendedKeyUsage),
    ),
  );
  const signature = sign("sha256", content, privateKey);
  const der = sequence(content, ecdsaWithSha256, bitString(signature));
  return { der, pem: pemOf(der), key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

/** A certificate as text. */
export function pemOf(der: Buffer): string {
  const lines = der.toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** One element of DER: its tag, its length, its content. */
function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  if (body.length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, body.length]), body]);
  return Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 0xff]), body]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return element(0x30, ...parts);
}
function integer(value: Buffer): Buffer {
  return element(0x02, value);
}
function bitString(value: Buffer): Buffer {
  return element(0x03, Buffer.from([0]), value);
}
function octets(value: Buffer): Buffer {
  return element(0x04, value);
}
function tagged(number: number, value: Buffer): Buffer {
  return element(0xa0 | number, value);
}

/** Of the identifier, the first two numbers share a byte; each other is written in groups of seven bits. */
function identifier(numbers: string): Buffer {
  const [first = 0, second = 0, ...rest] = numbers.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const number of rest) {
    const groups = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return element(0x06, Buffer.from(bytes));
}

/** UTCTime, which has two digits of the year. */
function time(milliseconds: number): Buffer {
  const text = new Date(milliseconds).toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return element(0x17, Buffer.from(`${text}Z`));
}

/** A first bit that is set would make the number less than zero; a first byte of zero would be one too many. */
function positive(bytes: Buffer): Buffer {
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes;
}

const ecdsaWithSha256 = sequence(identifier("1.2.840.10045.4.3.2"));

function nameOf(commonName: string): Buffer {
  return sequence(element(0x31, sequence(identifier("2.5.4.3"), element(0x0c, Buffer.from(commonName)))));
}

const yes = element(0x01, Buffer.from([0xff]));

function subjectAlternativeName(host: string): Buffer {
  return sequence(identifier("2.5.29.17"), octets(sequence(element(0x82, Buffer.from(host)))));
}

/** The other side takes this certificate as the authority that vouches for it. */
const certificateAuthority = sequence(identifier("2.5.29.19"), yes, octets(sequence(yes)));

/** Signatures (bit 0) and certificates (bit 5). */
const keyUsage = sequence(identifier("2.5.29.15"), yes, octets(element(0x03, Buffer.from([2, 0x84]))));

const extendedKeyUsage = sequence(
  identifier("2.5.29.37"),
  octets(sequence(identifier("1.3.6.1.5.5.7.3.1"), identifier("1.3.6.1.5.5.7.3.2"))),
);
