/** Every way a device can prove who it is. Each has a folder of its own here; each program plugs it in by this name. */
export const approachNames = ['pki', 'psk', 'oauth'] as const;

export type ApproachName = (typeof approachNames)[number];
