import type { CommonClient } from "tencentcloud-sdk-nodejs-common";
import { services } from "../api";
import type { Action, Request, Response, Service } from "../api";
import { UnknownOutcomeError } from "../errors";
import type { CallOptions, Platform } from "../platform";
import { createAgent, readEndpoint } from "./connection";
import type { Credentials } from "./credentials";
import { outcomeOf } from "./outcome";

export { credentialsFromEnvironment } from "./credentials";
export type { Credentials } from "./credentials";

export interface TencentCloudOptions {
  readonly region: string;
  readonly credentials: Credentials;
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
  private readonly options: TencentCloudOptions;
  private readonly endpoint: ReturnType<typeof readEndpoint>;
  private readonly agent: ReturnType<typeof createAgent>;
  private readonly clients = new Map<Service, CommonClient>();

  constructor(options: TencentCloudOptions) {
    this.region = options.region;
    this.options = options;
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
    const { secretKey, token = "" } = this.options.credentials;
    try {
      const answer: unknown = await this.client(service).request(action, request, signal ? { signal } : {});
      return answer as Response<S, A>;
    } catch (error) {
      throw outcomeOf(error, { service, action, secrets: [secretKey, token] });
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
    const { secretId, secretKey, token } = this.options.credentials;
    return new Client(services[service].host, services[service].version, {
      credential: { secretId, secretKey, ...(token === undefined ? {} : { token }) },
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
