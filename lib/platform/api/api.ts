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

/** The TypeScript type of a record of fields. */
export type Shape<A extends Api, F> = {
  -readonly [K in keyof F as F[K] extends `${string}*` ? K : never]: Of<A, Bare<F[K]>>;
} & {
  -readonly [K in keyof F as F[K] extends `${string}*` ? never : K]?: Of<A, F[K]> | undefined;
};

/** Whether an action only reads. The platform names them all in one of these ways. */
export function isReadAction(action: string): boolean {
  return /^(Get|List|Describe)/.test(action);
}
