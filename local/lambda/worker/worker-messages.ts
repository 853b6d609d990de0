/** What a worker is started with. */
export interface WorkerStart {
  /** Absolute path of the unzipped code. */
  readonly codeDirectory: string;
  /** e.g. `index.handler`. */
  readonly handler: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryMb: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly logFormat: 'Text' | 'JSON';
  /** The lowest level that `console` lets through in JSON format. */
  readonly logLevel: LogLevel;
  /** One 32-bit flag: not zero when an invocation waits in the port. */
  readonly signal: SharedArrayBuffer;
}

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** One invocation, from the service to the worker. */
export interface WorkerInvocation {
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  /** When the time-out strikes, on the machine's clock. */
  readonly deadlineMs: number;
  /** JSON text. */
  readonly payload: string;
}

/** An error as Lambda hands it to whoever invoked synchronously. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What a worker tells the service. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'log'; readonly line: string }
  | { readonly type: 'returned'; readonly payload: string }
  /** The handler threw; the environment lives on. */
  | { readonly type: 'failed'; readonly error: FunctionError }
  /** Loading failed, or something threw outside the handler: the environment is lost. */
  | { readonly type: 'crashed'; readonly error: FunctionError };
