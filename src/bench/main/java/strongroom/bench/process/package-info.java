/// Our own store in a process of its own: for what it takes from the start of a program, and how much memory.
@org.jspecify.annotations.NullMarked
package strongroom.bench.process;
