/** What the cloud told the device of its place in the fleet: the template's `DeviceConfiguration`, as it came. */
export type Configuration = Readonly<Record<string, string>>;

/** How an attempt to onboard ended. */
export type Outcome =
  | {
      readonly outcome: 'onboarded';
      readonly thingName: string;
      /** Absent where the device has no certificate and proves itself whenever it connects. */
      readonly certificateId?: string;
      /** How such a device proves itself. */
      readonly approach?: string;
      readonly endpoint: string;
      /** Absent when the answer that carried it was lost and the claim would not let it be asked for again. */
      readonly configuration?: Configuration;
      /** True when an earlier run had done it all. */
      readonly already: boolean;
    }
  | { readonly outcome: 'refused'; readonly message: string; readonly statusCode?: number; readonly errorCode?: string }
  | { readonly outcome: 'try-again'; readonly message: string }
  | { readonly outcome: 'bad-setup'; readonly message: string };

/** For programs that start this one: as in sysexits.h EX_TEMPFAIL, EX_NOPERM and EX_CONFIG. */
export const exitCodes: Readonly<Record<Outcome['outcome'], number>> = { onboarded: 0, 'try-again': 75, refused: 77, 'bad-setup': 78 };
