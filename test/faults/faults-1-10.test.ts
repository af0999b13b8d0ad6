import { testFaults } from "./thirty-faults";

testFaults(1, 10);
