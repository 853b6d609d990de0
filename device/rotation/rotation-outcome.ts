/** How an attempt to rotate ended. Whatever it says, the device holds what the cloud accepts, unless the cloud bars the device. */
export type RotationOutcome =
  | { readonly outcome: 'nothing-to-do'; readonly thingName: string }
  | { readonly outcome: 'rotated'; readonly thingName: string; readonly rotation: string }
  /** Nothing came of it: the device goes on with what it has. */
  | { readonly outcome: 'kept'; readonly thingName: string; readonly rotation: string; readonly message: string }
  | { readonly outcome: 'refused' | 'try-again' | 'bad-setup'; readonly message: string };

/** For programs that start this one: as in sysexits.h EX_TEMPFAIL, EX_NOPERM and EX_CONFIG. */
export const rotationExitCodes: Readonly<Record<RotationOutcome['outcome'], number>> = {
  'nothing-to-do': 0,
  rotated: 0,
  kept: 0,
  'try-again': 75,
  refused: 77,
  'bad-setup': 78,
};

export type RotationProgress =
  | { readonly step: 'asked-to-rotate' | 'asking' | 'given' | 'proving' | 'proven' | 'taken-over' | 'dropped'; readonly rotation: string }
  | { readonly step: 'waiting'; readonly ms: number; readonly because: string };
