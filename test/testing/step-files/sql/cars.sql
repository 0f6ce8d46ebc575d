create table cars (id integer, brand text);
insert into cars values (1, 'Audi');
