/** Who takes part in the sequence diagram of an onboarding, and the operator who stands beside it. */
export const lanes = ['operator', 'device', 'platform', 'ca'] as const;

export type Lane = (typeof lanes)[number];

/** The exchanges of the sequence diagram, in its order; `change` is what operators do in between. */
export const exchanges = [
  'enrollment',
  'claim-connection',
  'signing-request',
  'certificate',
  'registration',
  'verdict',
  'provisioning',
  'connection',
  'retirement',
  'change',
] as const;

export type Exchange = (typeof exchanges)[number];

/** From whom to whom an exchange goes. */
export const courseOf: Readonly<Record<Exchange, { readonly from: Lane; readonly to: Lane }>> = {
  enrollment: { from: 'operator', to: 'platform' },
  'claim-connection': { from: 'device', to: 'platform' },
  'signing-request': { from: 'device', to: 'ca' },
  certificate: { from: 'ca', to: 'device' },
  registration: { from: 'device', to: 'platform' },
  verdict: { from: 'platform', to: 'device' },
  provisioning: { from: 'platform', to: 'ca' },
  connection: { from: 'device', to: 'platform' },
  retirement: { from: 'platform', to: 'ca' },
  change: { from: 'operator', to: 'platform' },
};
