/** What kind of mistake it is, for services that have words of their own for it. */
export type PolicyFault =
  | { readonly kind: 'syntax' | 'json' | 'length' | 'action' | 'sid' | 'duplicateSid' }
  | { readonly kind: 'resource'; readonly text: string }
  | { readonly kind: 'forbidden' | 'missing' | 'ambiguous'; readonly member: string };

/** A text that is no policy of its grammar; `where` is a path such as `Statement[0].Action`. */
export class MalformedPolicy extends Error {
  override readonly name = 'MalformedPolicy';
  readonly fault: PolicyFault;

  constructor(where: string, what: string, fault: PolicyFault = { kind: 'syntax' }) {
    super(`${where}: ${what}`);
    this.fault = fault;
  }
}
