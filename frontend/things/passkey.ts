/** Passkeys in the words of the server (base64url) and of the browser (bytes). */

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/")
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0))
}

export function textOf(bytes: ArrayBuffer): string {
  const letters = String.fromCharCode(...new Uint8Array(bytes))
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
}

type Written = { id: string; type: "public-key"; transports?: AuthenticatorTransport[] }

/** What is as the server wrote it, but for the bytes. */
// biome-ignore lint/suspicious/noExplicitAny: the server's JSON, checked by the browser itself
export type Options = { publicKey: Record<string, any> }

function listed(written: Written[] = []): PublicKeyCredentialDescriptor[] {
  return written.map((one) => ({ ...one, id: bytesOf(one.id) }))
}

/** `alone`: a key that signs in without a password, kept on the device and asked for its owner. */
export function toMake({ publicKey }: Options, alone: boolean): CredentialCreationOptions {
  const selection = alone
    ? { residentKey: "required", requireResidentKey: true, userVerification: "required" }
    : { residentKey: "discouraged", requireResidentKey: false }
  return {
    publicKey: {
      ...publicKey,
      challenge: bytesOf(publicKey.challenge),
      user: { ...publicKey.user, id: bytesOf(publicKey.user.id) },
      excludeCredentials: listed(publicKey.excludeCredentials),
      authenticatorSelection: { ...publicKey.authenticatorSelection, ...selection },
    } as unknown as PublicKeyCredentialCreationOptions,
  }
}

export function toUse({ publicKey }: Options): CredentialRequestOptions {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytesOf(publicKey.challenge),
      allowCredentials: listed(publicKey.allowCredentials),
    },
  }
}

/** The browser's answer, as the server reads it. */
export function written(credential: PublicKeyCredential): string {
  const answer = credential.response as AuthenticatorAttestationResponse &
    AuthenticatorAssertionResponse
  const fields = ["attestationObject", "authenticatorData", "signature", "userHandle"] as const
  const response: Record<string, unknown> = { clientDataJSON: textOf(answer.clientDataJSON) }
  for (const field of fields) {
    if (answer[field]) response[field] = textOf(answer[field])
  }
  if (answer.getTransports) response.transports = answer.getTransports()
  return JSON.stringify({
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  })
}
