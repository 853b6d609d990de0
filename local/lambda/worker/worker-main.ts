import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { toFunctionError } from './function-error.ts';
import type { Handler } from './load-handler.ts';
import { loadHandler } from './load-handler.ts';
import { captureOutput } from './worker-console.ts';
import type { FunctionError, WorkerInvocation, WorkerMessage, WorkerStart } from './worker-messages.ts';

// The program of a worker thread that runs one execution environment of a function: load once, then one invocation after
// another. Between invocations the thread is blocked, so that timers and sockets stand still as in a frozen sandbox.

if (parentPort === null) throw new Error('This module is the program of a worker thread.');
const port = parentPort;
const start = workerData as WorkerStart;
const signal = new Int32Array(start.signal);
let requestId = '';

const tell = (message: WorkerMessage): void => {
  port.postMessage(message);
};

const output = captureOutput(
  start,
  () => requestId,
  (line) => {
    tell({ type: 'log', line });
  },
);

const crash = (error: FunctionError): void => {
  output.flush();
  tell({ type: 'crashed', error });
  process.exit(1);
};

const contextOf = (invocation: WorkerInvocation): object => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: start.functionName,
  functionVersion: start.functionVersion,
  invokedFunctionArn: invocation.invokedFunctionArn,
  memoryLimitInMB: String(start.memoryMb),
  awsRequestId: invocation.requestId,
  logGroupName: start.logGroup,
  logStreamName: start.logStream,
  getRemainingTimeInMillis: () => Math.max(0, invocation.deadlineMs - Date.now()),
});

const marshal = (result: unknown): WorkerMessage => {
  try {
    const text: unknown = JSON.stringify(result);
    // JSON has no word for some results, such as undefined.
    return { type: 'returned', payload: typeof text === 'string' ? text : 'null' };
  } catch (thrown) {
    const errorMessage = `Unable to stringify response body: ${toFunctionError(thrown).errorMessage}`;
    return { type: 'failed', error: { errorType: 'Runtime.MarshalError', errorMessage } };
  }
};

const answer = async (handler: Handler, invocation: WorkerInvocation): Promise<WorkerMessage> => {
  try {
    return marshal(await handler(JSON.parse(invocation.payload), contextOf(invocation)));
  } catch (thrown) {
    const error = toFunctionError(thrown);
    output.error(`Invoke Error \t${JSON.stringify(error)}`);
    return { type: 'failed', error };
  }
};

/** Stands still until the service sends an invocation. */
const next = (): WorkerInvocation => {
  for (;;) {
    Atomics.wait(signal, 0, 0);
    Atomics.store(signal, 0, 0);
    const received = receiveMessageOnPort(port);
    if (received !== undefined) return received.message as WorkerInvocation;
  }
};

const serve = async (handler: Handler): Promise<never> => {
  for (;;) {
    const invocation = next();
    requestId = invocation.requestId;
    const message = await answer(handler, invocation);
    output.flush();
    tell(message);
  }
};

process.on('uncaughtException', (thrown) => {
  crash(toFunctionError(thrown));
});
process.on('unhandledRejection', (reason) => {
  const { errorType, errorMessage, trace } = toFunctionError(reason);
  crash({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: `${errorType}: ${errorMessage}`, ...(trace && { trace }) });
});
// Nothing is left that could ever settle the handler's promise: it is reported as the exit that it is.
process.on('beforeExit', () => {
  crash({ errorType: 'Runtime.NodeJsExit', errorMessage: 'The function’s event loop is empty, but its handler has not settled.' });
});

const loaded = await loadHandler(start.codeDirectory, start.handler);
if ('error' in loaded) {
  crash(loaded.error);
} else {
  output.flush();
  tell({ type: 'ready' });
  await serve(loaded.handler);
}
