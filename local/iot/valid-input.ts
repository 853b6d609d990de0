/**
 * An SDK input shape after validation: its required members are there, and nobody changes it. The SDK's shapes exist at
 * compile time only; the SDK is not loaded.
 */
export type ValidInput<Value> = Value extends readonly (infer Item)[]
  ? readonly ValidInput<Item>[]
  : Value extends Date | Uint8Array
    ? Value
    : Value extends object
      ? {
          readonly [Key in keyof Value]: Partial<Pick<Value, Key>> extends Pick<Value, Key>
            ? ValidInput<Value[Key]>
            : ValidInput<NonNullable<Value[Key]>>;
        }
      : Value;
