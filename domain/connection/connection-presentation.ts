/**
 * What stands before an approach that proves a device whenever it connects: what a custom authorizer was told of the connection
 * (AWS IoT Developer Guide, "Defining your Lambda function").
 */
export interface ConnectionPresentation {
  /** Milliseconds since the epoch, by the cloud's clock. */
  readonly at: number;
  /** AWS IoT's own id of the connection: the same when the authorizer is asked again about it. */
  readonly connectionId: string;
  /** The name that the device asked for in TLS, which is the endpoint that it means; AWS IoT's word. */
  readonly serverName: string;
  readonly clientId: string;
  /** The MQTT user name without the query string in which the authorizer is named. */
  readonly username: string;
  /** The MQTT password, decoded as UTF-8. */
  readonly password: string;
}
