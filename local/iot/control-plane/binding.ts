/** Where an input member travels: in the path, as the query parameter or header named, as the whole body, or (absent) as a member of the JSON body. */
export type MemberLocation = 'label' | 'payload' | { readonly query: string } | { readonly header: string };

/**
 * A member's type: a scalar (`string`, `number`, `boolean`, `timestamp`, `blob`), a structure by name, `[type]` for a list,
 * `{type}` for a map from strings.
 */
export interface MemberBinding {
  readonly type: string;
  readonly isRequired?: true;
  readonly in?: MemberLocation;
}

export type StructureBinding = Readonly<Record<string, MemberBinding>>;

/** How AWS publishes one operation of the control plane. */
export interface OperationBinding {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly uri: string;
  /** Name of the input structure; only for operations that the local AWS has. */
  readonly input?: string;
}
