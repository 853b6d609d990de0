/** Calls a control-plane operation in process, by its API name and with its API's input and output members. Rejects with `AwsError`. */
export interface ControlPlaneClient {
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
}
