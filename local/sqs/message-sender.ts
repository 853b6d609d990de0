/** How another service puts a message on a queue. Rejects with `AwsError` when there is no such queue. */
export interface MessageSender {
  send(message: { readonly queueUrl: string; readonly body: string }): Promise<void>;
}
