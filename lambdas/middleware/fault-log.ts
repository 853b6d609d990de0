/** Where a function says that something is broken, for the people who run it. */
export interface FaultLog {
  report(fault: unknown): void;
}

/** Writes faults as lines of JSON to standard error; the key keeps them apart from audit events. */
export const stderrFaultLog: FaultLog = {
  report: (fault) => {
    process.stderr.write(`${JSON.stringify({ fault: describe(fault) })}\n`);
  },
};

const describe = (fault: unknown) =>
  fault instanceof Error
    ? { name: fault.name, message: fault.message, stack: fault.stack }
    : { name: typeof fault, message: String(fault) };
