import { testFaults } from "./thirty-faults";

testFaults(11, 20);
