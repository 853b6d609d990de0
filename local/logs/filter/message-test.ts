/** Whether a log message is one that a pattern asks for. */
export type MessageTest = (message: string) => boolean;
