/** The language and version that code runs on (RT-LIST). */
export class Runtime {
  /** Node.js 16.13. */
  static readonly NODEJS_16_13 = new Runtime("Nodejs16.13");
  /** Node.js 14.18. */
  static readonly NODEJS_14_18 = new Runtime("Nodejs14.18");
  /** Node.js 12.16. */
  static readonly NODEJS_12_16 = new Runtime("Nodejs12.16");
  /** Node.js 10.15. */
  static readonly NODEJS_10_15 = new Runtime("Nodejs10.15");
  /** Python 3.7. */
  static readonly PYTHON_3_7 = new Runtime("Python3.7");
  /** Python 3.6. */
  static readonly PYTHON_3_6 = new Runtime("Python3.6");
  /** Python 2.7. */
  static readonly PYTHON_2_7 = new Runtime("Python2.7");
  /** PHP 8.0. */
  static readonly PHP_8_0 = new Runtime("Php8.0");
  /** PHP 7.4. */
  static readonly PHP_7_4 = new Runtime("Php7.4");
  /** PHP 7.2. */
  static readonly PHP_7_2 = new Runtime("Php7");
  /** PHP 5.6. */
  static readonly PHP_5_6 = new Runtime("Php5");
  /** Java 11. */
  static readonly JAVA_11 = new Runtime("Java11");
  /** Java 8. */
  static readonly JAVA_8 = new Runtime("Java8");
  /** Go 1. */
  static readonly GO_1 = new Runtime("Go1");
  /** Code that brings its own runtime. */
  static readonly CUSTOM = new Runtime("CustomRuntime");

  /** A runtime that the platform has and this list has not yet, by the platform's name: `Runtime.of("Nodejs18.15")`. */
  static of(name: string): Runtime {
    return new Runtime(name);
  }

  /** Tells a runtime from anything else that has a name. */
  protected readonly runtime = true;

  private constructor(
    /** The platform's name of it. */
    readonly name: string,
  ) {}

  /** The platform's name of it. */
  toString(): string {
    return this.name;
  }
}
