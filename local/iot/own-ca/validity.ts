/** Whether a certificate is neither expired nor yet to come, its bounds included (RFC 5280 §4.1.2.5). */
export const isCurrent = ({ notBefore, notAfter }: { readonly notBefore: number; readonly notAfter: number }, now: number): boolean =>
  notBefore <= now && now <= notAfter;
