import { cleanUp, Clock, createFunction, expectRefusal, open, web } from "./support";

afterEach(cleanUp);

const settings = (RetryNum: number, MsgTTL: number) => ({
  FunctionName: "orders",
  AsyncTriggerConfig: { RetryConfig: [{ RetryNum }], MsgTTL },
});

describe("asynchronous invocation", () => {
  test("has the platform's own values until it is set", async () => {
    const platform = open();
    await createFunction(platform);
    await createFunction(platform, { FunctionName: "long", AsyncRunEnable: "TRUE" });
    const found = (FunctionName: string) =>
      platform.call("scf", "GetFunctionEventInvokeConfig", { FunctionName });
    expect((await found("orders")).AsyncTriggerConfig).toEqual(settings(2, 21_600).AsyncTriggerConfig);
    expect((await found("long")).AsyncTriggerConfig).toEqual(settings(0, 21_600).AsyncTriggerConfig);
    await platform.call("scf", "UpdateFunctionEventInvokeConfig", settings(1, 3600));
    expect((await found("orders")).AsyncTriggerConfig).toEqual(settings(1, 3600).AsyncTriggerConfig);
  });

  test.each([
    [0, 60],
    [2, 21_600],
  ])("takes %d further attempts and %d s", async (attempts, age) => {
    const platform = open();
    await createFunction(platform);
    await platform.call("scf", "UpdateFunctionEventInvokeConfig", settings(attempts, age));
  });

  test.each([
    [3, 60, "LimitExceeded.RetryNum", /RetryNum is 3; it is 2/],
    [-1, 60, "InvalidParameterValue.AsyncTriggerConfig", /-1/],
    [1, 59, "InvalidParameterValue.AsyncTriggerConfig", /59; .*60 to 21600/],
    [1, 21_601, "LimitExceeded.MsgTTL", /21601 s/],
  ] as const)("fails on %d further attempts and %d s", async (attempts, age, code, text) => {
    const platform = open();
    await createFunction(platform);
    const request = settings(attempts, age);
    await expectRefusal(platform, "scf", "UpdateFunctionEventInvokeConfig", request, code, text);
  });

  const unsupported = "UnsupportedOperation.UpdateFunctionEventInvokeConfig";

  test("fails on a web function", async () => {
    const platform = open();
    await createFunction(platform, web);
    const request = settings(1, 60);
    await expectRefusal(
      platform,
      "scf",
      "UpdateFunctionEventInvokeConfig",
      request,
      unsupported,
      "web function",
    );
  });

  test("fails on further attempts with asynchronous execution, and takes an age", async () => {
    const platform = open();
    await createFunction(platform, { AsyncRunEnable: "TRUE" });
    const request = settings(1, 60);
    await expectRefusal(
      platform,
      "scf",
      "UpdateFunctionEventInvokeConfig",
      request,
      unsupported,
      "not tried again",
    );
    await platform.call("scf", "UpdateFunctionEventInvokeConfig", settings(0, 60));
  });

  test("fails on several entries", async () => {
    const platform = open();
    await createFunction(platform);
    const request = { FunctionName: "orders", AsyncTriggerConfig: { RetryConfig: [], MsgTTL: 60 } };
    const code = "InvalidParameterValue.AsyncTriggerConfig";
    await expectRefusal(
      platform,
      "scf",
      "UpdateFunctionEventInvokeConfig",
      request,
      code,
      "one entry, not 0",
    );
  });

  test("fails while the function is not Active", async () => {
    const clock = new Clock();
    const platform = open({ delayMs: 100, now: clock.now });
    await createFunction(platform);
    const code = "FailedOperation.FunctionVersionStatusNotActive";
    const request = settings(1, 60);
    await expectRefusal(platform, "scf", "UpdateFunctionEventInvokeConfig", request, code, "is Creating");
    clock.advance(100);
    await platform.call("scf", "UpdateFunctionEventInvokeConfig", request);
  });

  test.each(["GetFunctionEventInvokeConfig", "UpdateFunctionEventInvokeConfig"] as const)(
    "%s fails on a function that is missing",
    async (action) => {
      const request =
        action === "GetFunctionEventInvokeConfig" ? { FunctionName: "orders" } : settings(1, 60);
      await expectRefusal(
        open(),
        "scf",
        action,
        request as never,
        "ResourceNotFound.Function",
        "default/orders",
      );
    },
  );
});
