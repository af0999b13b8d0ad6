import type { CommonClient } from "tencentcloud-sdk-nodejs-common";
import { services } from "../api";
import type { Action, Request, Response, Service } from "../api";
import { isErrorOfClass, UnknownOutcomeError } from "../errors";
import type { CallOptions, Platform } from "../platform";
import { createAgent, readEndpoint } from "./connection";
import type { Credentials, CredentialsProvider } from "./credentials";
import { outcomeOf } from "./outcome";
import { Renewal } from "./renewal";

export { findCredentials } from "./credentials";
export type { Credentials, CredentialsProvider } from "./credentials";

export interface TencentCloudOptions {
  readonly region: string;
  /** What calls are signed with, or where it comes from: a provider is asked again when the platform takes them no more. */
  readonly credentials: Credentials | CredentialsProvider;
  /**
   * Where calls go instead of the platform's own addresses, for example `http://127.0.0.1:9750`.
   * @default - the platform
   */
  readonly endpoint?: string;
}

/** The platform itself, through its official SDK. The SDK is loaded on the first call. */
export function openTencentCloud(options: TencentCloudOptions): Platform {
  return new TencentCloud(options);
}

const timeoutSeconds = 60;

class TencentCloud implements Platform {
  readonly region: string;
  private readonly credentials: Renewal;
  private readonly endpoint: ReturnType<typeof readEndpoint>;
  private readonly agent: ReturnType<typeof createAgent>;
  private readonly clients = new Map<Service, CommonClient>();

  constructor(options: TencentCloudOptions) {
    this.region = options.region;
    const { credentials } = options;
    this.credentials = new Renewal(typeof credentials === "function" ? credentials : () => credentials);
    this.endpoint = readEndpoint(options.endpoint);
    this.agent = createAgent(this.endpoint.protocol);
  }

  async call<S extends Service, A extends Action<S>>(
    service: S,
    action: A,
    request: Request<S, A>,
    options: CallOptions = {},
  ): Promise<Response<S, A>> {
    const { signal } = options;
    if (signal?.aborted) {
      const message = `${action} was given up before it was sent`;
      throw new UnknownOutcomeError({ service, action, message, sent: false, cause: signal.reason });
    }
    for (let isAgain = false; ; isAgain = true) {
      const credentials = await this.credentials.current();
      try {
        const answer: unknown = await this.client(service).request(action, request, signal ? { signal } : {});
        return answer as Response<S, A>;
      } catch (error) {
        const outcome = outcomeOf(error, { service, action, secrets: this.credentials.secrets });
        if (isAgain || !isErrorOfClass(outcome, "credentials")) throw outcome;
        const isRenewed = await this.credentials.renew(credentials);
        // A call that was held up after it was signed is signed anew.
        if (!isRenewed && outcome.code !== "AuthFailure.SignatureExpire") throw outcome;
      }
    }
  }

  async close(): Promise<void> {
    this.agent.destroy();
  }

  private client(service: Service): CommonClient {
    let client = this.clients.get(service);
    if (!client) {
      client = this.createClient(service);
      this.clients.set(service, client);
    }
    return client;
  }

  private createClient(service: Service): CommonClient {
    const { CommonClient: Client } = loadSdk();
    return new Client(services[service].host, services[service].version, {
      credential: { getCredential: () => this.credentials.current() },
      region: this.region,
      profile: {
        httpProfile: {
          protocol: `${this.endpoint.protocol}//`,
          reqTimeout: timeoutSeconds,
          agent: this.agent,
          ...(this.endpoint.host === undefined ? {} : { endpoint: this.endpoint.host }),
        },
      },
    });
  }
}

function loadSdk(): typeof import("tencentcloud-sdk-nodejs-common") {
  return require("tencentcloud-sdk-nodejs-common") as typeof import("tencentcloud-sdk-nodejs-common");
}
