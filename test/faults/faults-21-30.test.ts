import { testFaults } from "./thirty-faults";

testFaults(21, 30);
