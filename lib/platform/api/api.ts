/**
 * How an API is written down here: one record per action and per nested type, a field's type as text (`string`, `Tag[]`,
 * `Code*` for a required one). The request and response types of every call, the parameter checks of the local platform
 * and the wire format all come from these records.
 */
export interface Api {
  readonly version: string;
  readonly host: string;
  readonly types: { readonly [name: string]: Fields };
  readonly actions: { readonly [name: string]: { readonly request: Fields; readonly response: Fields } };
}
export type Fields = { readonly [name: string]: string };

type Scalar = { string: string; number: number; boolean: boolean };
type Of<A extends Api, T> = T extends `${infer Element}[]`
  ? readonly Of<A, Element>[]
  : T extends keyof Scalar
    ? Scalar[T]
    : T extends keyof A["types"]
      ? Shape<A, A["types"][T]>
      : never;
type Bare<T> = T extends `${infer Name}*` ? Name : T;

type RequiredNames<F> = { [K in keyof F]: F[K] extends `${string}*` ? K : never }[keyof F];

/** The TypeScript type of a record of fields. Spelled out as one object: intersections cost the compiler ten times more. */
export type Shape<A extends Api, F> = Flat<
  { -readonly [K in RequiredNames<F>]: Of<A, Bare<F[K]>> } & {
    -readonly [K in Exclude<keyof F, RequiredNames<F>>]?: Of<A, F[K]> | undefined;
  }
>;
type Flat<T> = { [K in keyof T]: T[K] };

/** Whether an action only reads. The platform names them all in one of these ways. */
export function isReadAction(action: string): boolean {
  return /^(Get|List|Describe)/.test(action);
}
